// Copies the text of a briefing as HTML, with whole addresses and the lines that belong to it.
for(const button of document.querySelectorAll("[data-whole]")){
const clipboard=navigator.clipboard,words=document.currentScript.dataset
if(!clipboard){button.remove();continue}
button.onclick=async()=>{
const text=document.querySelector(".text").cloneNode(true)
text.querySelectorAll(".anchor,.pop,.on-paper").forEach(part=>part.remove())
text.querySelectorAll("[id]").forEach(part=>part.removeAttribute("id"))
text.querySelectorAll("a[href]").forEach(link=>link.setAttribute("href",link.href))
text.querySelectorAll("img").forEach(image=>{image.setAttribute("src",image.src);image.removeAttribute("srcset")})
await clipboard.writeText("<h1>"+document.querySelector("h1").innerHTML+"</h1>\n"+text.innerHTML.trim()+"\n"+document.getElementById(button.dataset.whole).value)
button.textContent=words.copied
}
}
