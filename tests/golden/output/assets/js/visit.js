(section=>{try{
const key="seen:"+location.pathname,day=new Date().toDateString(),hint=section.querySelector("[data-new]"),
items=new Map(Array.from(section.querySelectorAll(".item"),item=>[[...item.querySelectorAll(":scope>.meta time")].pop().dateTime+" "+item.querySelector("h3 a").pathname,item])),
kept=JSON.parse(localStorage[key]||"{}"),before=kept.day==day?kept.before:kept.now
localStorage[key]=JSON.stringify({day,before,now:[...items.keys()]})
if(!before)return
const paths=before.map(seen=>seen.split(" ")[1]),oldest=[...before].sort()[0]
let marked=0
for(const[seen,item]of items)if(!before.includes(seen)&&!(seen<oldest)){
const mark=document.createElement("strong")
mark.className="flag fresh"
mark.textContent=hint.dataset[paths.includes(seen.split(" ")[1])?"updated":"new"]
item.querySelector(":scope>.meta").prepend(mark," ")
hint.hidden=!(hint.querySelector("output").value=++marked)}
}catch{}})(document.currentScript.parentElement)