{
const root=document.documentElement

const bars=[...document.querySelectorAll("[name=theme-color]")].map(bar=>[bar,bar.media])
const colour=()=>{const theme=root.dataset.theme;for(const[bar,media]of bars)bar.media=!theme?media:media.includes(theme)?"":"not all"}
const button=document.querySelector("[data-sizes]")
if(button&&"popover"in root){
const add=(to,tag,values)=>{const made=document.createElement(tag);for(const name in values)made.setAttribute(name,values[name]);to.append(made);return made}
const box=add(button.parentNode,"div",{class:"pop settings",role:"dialog","aria-label":button.lastChild.textContent,popover:""})
for(const[name,values,words]of[["size",["","2","3"],button.dataset.sizes],["theme",["","light","dark"],button.dataset.themes]]){
const set=add(box,"fieldset"),[legend,...labels]=words.split("|")
add(set,"legend",{class:"label"}).append(legend)
labels.forEach((text,n)=>{const label=add(set,"label");add(label,"input",{type:"radio",name,value:values[n]});label.append(" "+text)})
}
button.after(box)
button.popoverTargetElement=box
}
const inputs=[...document.querySelectorAll(".settings input")]
const tick=()=>{for(const input of inputs)input.checked=input.value==(root.dataset[input.name]||"");colour()}
for(const input of inputs)input.onchange=()=>{root.dataset[input.name]=input.value;colour();try{localStorage["dossier-"+input.name]=input.value}catch{}}
addEventListener("pageshow",tick)
tick()

root.style.setProperty("--foot",JSON.stringify(document.querySelector(".paper").textContent.trim()))
}
if(location.protocol=="file:")addEventListener("DOMContentLoaded",()=>{for(const a of document.links)a.setAttribute("href",a.getAttribute("href").replace(/^([^:#]*\/)(#|$)/,"$1index.html$2"))})