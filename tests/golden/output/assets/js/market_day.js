{
const words=document.currentScript.dataset,stages=Object.fromEntries(words.stages.split(";").map(one=>one.split("="))),section=document.querySelector(".day")
const element=(tag,text,href)=>{
const made=document.createElement(tag),inner=href?made.appendChild(document.createElement("a")):made
inner.textContent=text
if(href)inner.href=href
return made
}
const show=async()=>{
const day=location.hash.slice(1),date=new Date(day+"T00:00Z")
section.hidden=true
if(!/^\d{4}-\d\d-\d\d$/.test(day)||isNaN(date))return
const{moves}=await(await fetch(words.data)).json(),latest=new Map
for(const move of moves)if(move.counts_from<=day)latest.set([move.company,move.product,move.region].join(),move)
const rows=[...latest.values()].sort((a,b)=>a.company_name.localeCompare(b.company_name)||a.product.localeCompare(b.product)||a.region_name.localeCompare(b.region_name))
section.querySelector("output").textContent=new Intl.DateTimeFormat(document.documentElement.lang,{dateStyle:"long",timeZone:"UTC"}).format(date)
section.querySelector("tbody").replaceChildren(...rows.map(move=>{
const row=document.createElement("tr")
row.append(element("th",move.company_name+", "+move.product,move.briefings[0]),element("td",move.region_name),element("td",stages[move.stage]),element("td",move.date))
return row
}))
section.hidden=false
section.scrollIntoView()
}
addEventListener("hashchange",()=>show().catch(()=>{}))
show().catch(()=>{})
}