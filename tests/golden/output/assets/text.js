{
const root=document.documentElement,words=document.currentScript.dataset,each=(selector,act)=>document.querySelectorAll(selector).forEach(act)

const clipboard=navigator.clipboard
each("[data-print]",button=>button.onclick=()=>print())
each("[data-copy]",button=>{
if(!clipboard)return button.remove()
const text=button.textContent
button.onclick=async()=>{
const id=button.dataset.copy
await clipboard.writeText(id?document.getElementById(id).innerText:location.href.split("#")[0])
button.textContent=words.copied
setTimeout(()=>button.textContent=text,2000)
}
})

const note=document.createElement("div")
note.className="pop"
note.popover="auto"
note.tabIndex=-1
note.setAttribute("role","dialog")
if(note.showPopover)document.addEventListener("click",event=>{
const link=event.target.closest("sup a,.mark,.term"),target=link&&link.hash&&document.getElementById(decodeURIComponent(link.hash.slice(1)))
if(!target||event.ctrlKey||event.metaKey||event.shiftKey)return
event.preventDefault()
const copy=target.cloneNode(true)
copy.querySelectorAll(".places,.footnote-backref").forEach(part=>part.remove())
copy.querySelectorAll("[id]").forEach(part=>part.removeAttribute("id"))
const more=document.createElement("a")
more.href=link.hash
more.textContent=words.more
more.onclick=()=>note.hidePopover()
note.replaceChildren(...copy.childNodes,more)
note.setAttribute("aria-label",link.textContent)
;(link.closest("sup")||link).after(note)
link.focus()
note.showPopover()
const at=link.getBoundingClientRect(),below=at.bottom+8,height=note.offsetHeight
note.style.left=scrollX+Math.max(16,Math.min(at.left,root.clientWidth-note.offsetWidth-16))+"px"
note.style.top=scrollY+(below+height>innerHeight&&at.top>height+8?at.top-height-8:below)+"px"
note.focus({preventScroll:true})
})

const sections=new Map
each(".contents a",link=>{const heading=document.getElementById(decodeURIComponent(link.hash.slice(1)));if(heading)sections.set(heading,link)})
const mark=()=>{
let here
for(const[heading,link]of sections){
if(heading.getBoundingClientRect().top<innerHeight/3)here=link
link.removeAttribute("aria-current")
}
if(here)here.setAttribute("aria-current","true")
}
const observer=new IntersectionObserver(mark,{rootMargin:"0px 0px -66%"})
for(const heading of sections.keys())observer.observe(heading)
}
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