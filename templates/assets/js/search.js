/* Asks Pagefind's index of each language at once. The address keeps what was asked.
Each index comes with its own program: one program cannot hold the words of two languages.
Where a word is of both languages, the site's own comes first. */
if(location.protocol!="file:")(()=>{
const part=name=>document.getElementById("search:"+name),form=part("form"),box=form.q,list=part("found"),said=part("said"),more=part("more")
const{root,indexes,found,none,missing}=form.dataset,page=document.documentElement.lang,selects=[...form.querySelectorAll("select")]
const day=new Intl.DateTimeFormat(page,{dateStyle:"long",timeZone:"UTC"}),STEP=10
const labels=new Map(selects.flatMap(select=>[...select.options].map(option=>[option,option.text])))
let opened,asked=0,results=[]

const open=()=>opened??=Promise.all(indexes.split(" ").map(async(name,n)=>{
const basePath=new URL(`${root}pagefind/${name}/`,location).pathname
const index=(await import(basePath+"pagefind.js")).createInstance({basePath,excerptLength:32,indexWeight:n?1/2:1})
await index.filters()
return index}))

/* Marks come as tags around escaped text: they are made here, so that no text is ever markup. */
const excerpt=(target,marked)=>target.replaceChildren(...marked.split(/<\/?mark>/).map((text,n)=>{
const piece=document.createElement(n%2?"mark":"span")
piece.textContent=text.replace(/&lt;/g,"<").replace(/&gt;/g,">").replace(/&amp;/g,"&")
return piece}))

const show=({raw_url,url,meta,excerpt:marked})=>{
const item=part("item").content.cloneNode(true),$=selector=>item.querySelector(selector)
$("a").href=root+(raw_url??url)
$("a").textContent=meta.title
$(".kicker").textContent=meta.companies??""
if(!meta.companies)$(".kicker").remove()
excerpt($(".standfirst"),marked)
for(const flag of item.querySelectorAll(".flag"))if(flag.dataset.status!=meta.status)flag.remove()
const when=$(".when").appendChild(document.createElement("time"))
when.dateTime=meta.date
when.textContent=day.format(new Date(meta.date)).replace(/^1 /,page.startsWith("fr")?"1er ":"$&")
if(meta.lang==page)$(".tongue").remove()
else{$(".tongue").textContent=new Intl.DisplayNames(meta.lang,{type:"language"}).of(meta.lang)
for(const one of["h2",".standfirst",".tongue"])$(one).lang=meta.lang}
return item}

const add=async mine=>{
more.hidden=true
const from=list.children.length,data=await Promise.all(results.slice(from,from+STEP).map(result=>result.data()))
if(mine!=asked)return
list.append(...data.map(show))
more.hidden=list.children.length>=results.length
return list.children[from]}

const count=filters=>{for(const select of selects)for(const option of select.options){
const number=filters[select.name]?.[option.value]??0,plain=!option.value||select.value||!filters.year
option.text=labels.get(option)+(plain?"":` (${number})`)
option.disabled=!plain&&!number}}

const ask=async()=>{
const mine=++asked,words=box.value.trim(),filters=Object.fromEntries(selects.filter(select=>select.value).map(select=>[select.name,select.value]))
const query=new URLSearchParams(words?{q:words,...filters}:filters).toString(),idle=!query
history.replaceState(null,"",query?"?"+query:location.pathname)
try{
const all=idle?[]:await Promise.all((await open()).map(index=>index.search(words||null,{filters})))
if(mine!=asked)return
const counts={}
for(const one of all)for(const[name,values]of Object.entries(one.filters))for(const[value,number]of Object.entries(values))(counts[name]??={})[value]=(counts[name][value]??0)+number
results=all.flatMap(one=>one.results)
if(words)results.sort((a,b)=>b.score-a.score)
list.replaceChildren()
part("ways").hidden=!idle
part("facets").hidden=idle
count(counts)
await add(mine)
if(mine==asked)said.textContent=idle?"":results.length?`${found} ${results.length}`:none
}catch{if(mine==asked){opened=undefined
part("facets").hidden=true
said.textContent=missing
list.replaceChildren()
more.hidden=true
part("ways").hidden=false}}}

let waiting
const soon=()=>{clearTimeout(waiting);waiting=setTimeout(ask,150)}
const now=()=>{clearTimeout(waiting);return ask()}
const asks=new URLSearchParams(location.search)
for(const field of[box,...selects])field.value=asks.get(field.name)??""
box.addEventListener("input",soon)
form.addEventListener("change",({target})=>target==box||now())
form.addEventListener("submit",event=>{event.preventDefault();now()})
more.addEventListener("click",async()=>(await add(asked))?.querySelector("a").focus())
part("all").addEventListener("keydown",event=>{
const{key,target}=event,links=[...list.querySelectorAll("h2 a")],n=links.indexOf(target)
if(event.ctrlKey||event.metaKey||event.altKey||target.matches("select"))return
if(key=="ArrowDown"&&(n>=0||target==box))links[n+1]?.focus()
else if(key=="ArrowUp"&&n>=0)(links[n-1]??box).focus()
else if(key=="/"&&target!=box)box.select()
else if(key=="Escape"){box.value="";box.focus();now()}
else return
event.preventDefault()})
part("without").hidden=true
part("all").hidden=false
box.focus()
ask()
})()
