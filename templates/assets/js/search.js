/* Answers a search: at once from names and titles, then from the texts of each language, the
reader's first. The address keeps what was asked. */
if(location.protocol!="file:")(()=>{
const part=name=>document.getElementById("search:"+name),form=part("form"),box=form.q,list=part("found"),said=part("said"),more=part("more")
const{root,names,indexes,found,none,missing,searching}=form.dataset,page=document.documentElement.lang,selects=[...form.querySelectorAll("select")]
const day=new Intl.DateTimeFormat(page,{dateStyle:"long",timeZone:"UTC"}),STEP=10,SUBJECTS=5
const labels=new Map(selects.flatMap(select=>[...select.options].map(option=>[option,option.text])))
const short=tag=>tag.split("-")[0].toLowerCase(),reader=[...navigator.languages,page].map(short)
const rank=tag=>reader.indexOf(short(tag))+1||reader.length+1,byRank=(a,b)=>rank(a)-rank(b)
const tongues=indexes.split(" ").sort(byRank),texts=textsAt(root)
let opened,site,asked=0,results=[],length=STEP,shown=new Map()

const open=()=>opened??=fetch(root+names).then(async answer=>{
const data=await answer.json()
for(const briefing of data.briefings){
briefing.status??="current"
const of=[...briefing.about??[],...briefing.within??[]].map(place=>data.subjects[place])
const ids=kind=>of.filter(one=>one.kind==kind).map(one=>one.id)
briefing.facets={company:ids("company"),region:ids("region"),topic:ids("topic"),year:[briefing.year],language:[briefing.lang]}}
site={...data,...namesIn(data)}}).catch(error=>{
opened=undefined
throw error})

// Marks come as tags around escaped text: they are made here, so that no text is ever markup.
// A break of words without a space, as the index has it, is closed again.
const excerpt=(target,marked)=>target.replaceChildren(...marked.replace(/\u2060(<\/mark>)? (?=\S)/g,"$1").replace(/\u2060/g,"").split(/<\/?mark>/).map((text,n)=>{
const piece=document.createElement(n%2?"mark":"span")
piece.textContent=text.replace(/&lt;/g,"<").replace(/&gt;/g,">").replace(/&amp;/g,"&")
return piece}))

const tongue=tag=>new Intl.DisplayNames(tag,{type:"language"}).of(tag)
const resultItem=({briefing,others})=>{
const item=part("item").content.cloneNode(true).firstElementChild,$=selector=>item.querySelector(selector)
const companies=(briefing.about??[]).map(place=>site.subjects[place]).filter(one=>one.kind=="company")
$("a").href=root+briefing.path
$("a").textContent=briefing.title
$(".kicker").textContent=companies.map(one=>one.names[0]).join(", ")
if(!companies.length)$(".kicker").remove()
for(const flag of item.querySelectorAll(".flag"))if(flag.dataset.status!=briefing.status)flag.remove()
const when=$(".when").appendChild(document.createElement("time"))
when.dateTime=briefing.date
when.textContent=day.format(new Date(briefing.date)).replace(/^1 /,page.startsWith("fr")?"1er ":"$&")
if(briefing.lang==page)$(".tongue").remove()
else{$(".tongue").textContent=tongue(briefing.lang)
for(const one of["h2",".standfirst",".tongue"])$(one).lang=briefing.lang}
for(const{path,lang}of others)$(".versions").append(Object.assign(document.createElement("a"),{href:root+path,textContent:tongue(lang),lang,hreflang:lang})," ")
if(!others.length)$(".versions").remove()
return item}

const subjectItem=({path,names,kind,count})=>{
const item=part("subject").content.cloneNode(true).firstElementChild
item.querySelector("a").href=root+path
item.querySelector("a").textContent=names[0]
for(const one of item.querySelectorAll("[data-kind]"))if(one.dataset.kind!=kind)one.remove()
if(count)item.querySelector(".count").append(count)
else item.querySelector(".count").remove()
return item}

// One result for a briefing and its translations: the version that fits best, else the reader's.
// What only the texts tell comes below what names and titles do, which so stays where it is.
const group=(scores,hits,fits)=>{
const groups=new Map()
site.briefings.forEach((briefing,place)=>{
const hit=hits.get(briefing.path),score=scores[place]
if(!score&&!hit||!fits(briefing))return
const{original}=briefing,one=groups.get(original)??{original,versions:[]}
groups.set(original,one)
one.versions.push({briefing,hit,score,text:hit?hit.score/(1+hit.score):0})})
for(const one of groups.values()){
const[{briefing,hit,score}]=one.versions.sort((a,b)=>b.score-a.score||byRank(a.briefing.lang,b.briefing.lang))
const fallen=["superseded","withdrawn"].includes(briefing.status)
Object.assign(one,{briefing,hit,score:(score||Math.max(...one.versions.map(({text})=>text)))-(fallen?3:0)})
one.others=site.briefings.filter(other=>other.original==one.original&&other!=briefing)}
return groups}

// The best first and then the newest, but none before what replaced it.
const order=groups=>{
const seen=new Set(),sorted=[]
const put=one=>{
if(!one||seen.has(one))return
seen.add(one)
for(const newer of site.briefings[one.original].replaced_by??[])put(groups.get(newer))
sorted.push(one)}
for(const one of[...groups.values()].sort((a,b)=>b.score-a.score||b.briefing.date.localeCompare(a.briefing.date)))put(one)
return sorted}

// How many results each choice would leave.
const count=()=>{for(const select of selects)for(const option of select.options){
const plain=!option.value||select.value||!results.length
const number=plain?0:results.filter(one=>one.versions.some(({briefing})=>briefing.facets[select.name].includes(option.value))).length
option.text=labels.get(option)+(plain?"":` (${number})`)
option.disabled=!plain&&!number}}

const fill=(target,items)=>{
const focused=document.activeElement
if(items.length==target.children.length&&items.every((one,n)=>one==target.children[n]))return
target.replaceChildren(...items)
if(target.contains(focused))focused.focus()}

// Shows the results so far: an item that was shown stays, and gets its excerpt when it is there.
const show=()=>{
const now=results.slice(0,length),before=shown
shown=new Map(now.map(one=>[one.briefing.path,before.get(one.briefing.path)??resultItem(one)]))
fill(list,[...shown.values()])
more.hidden=results.length<=length
for(const{briefing,hit}of now){
const target=shown.get(briefing.path).querySelector(".standfirst")
if(!hit?.excerpt)target.hidden=true
else hit.excerpt().then(marked=>{
excerpt(target,marked)
target.hidden=false}).catch(()=>{})}}

const ask=async()=>{
const mine=++asked,query=box.value.trim(),chosen=selects.filter(select=>select.value),filters=Object.fromEntries(chosen.map(select=>[select.name,select.value]))
const address=new URLSearchParams(query?{q:query,...filters}:filters).toString(),idle=!address,hits=new Map()
const fits=({facets})=>chosen.every(({name,value})=>facets[name].includes(value))
history.replaceState(null,"",address?"?"+address:location.pathname)
part("ways").hidden=!idle
part("facets").hidden=idle
list.ariaBusy=true
results=[]
length=STEP
let lost=false
try{
const ready=open()
if(idle)ready.catch(()=>{})
else await ready
if(mine!=asked)return
const parts=idle||!query?[]:site.read(query),scores=idle?[]:query?site.scores(parts):site.briefings.map(()=>1)
const update=()=>{
results=idle?[]:order(group(scores,hits,fits))
count()
show()}
fill(part("subjects"),parts.length&&!chosen.length?site.subjectsOf(parts).slice(0,SUBJECTS).map(subjectItem):[])
update()
said.textContent=query?searching:""
for(const name of query?tongues:[])texts.open(name).catch(()=>{})
await Promise.all(query?tongues.map(name=>texts.withWords(name,site.words(parts)).then(found=>{
for(const path of found)hits.set(path,{score:.5})
if(mine==asked)update()}).catch(()=>{})):[])
if(mine!=asked)return
for(const name of query?tongues:[])try{
for(const[path,hit]of await texts.search(name,site.words(parts)))hits.set(path,hit)
if(mine!=asked)return
update()
}catch{lost=true}
}catch{lost=true}
if(mine!=asked)return
list.ariaBusy=false
said.textContent=idle?"":lost?missing:results.length?`${found} ${results.length}`:none
part("ways").hidden=!(idle||lost&&!results.length)}

let waiting
const soon=()=>{clearTimeout(waiting);waiting=setTimeout(ask,150)}
const now=()=>{clearTimeout(waiting);return ask()}
const asks=new URLSearchParams(location.search)
for(const field of[box,...selects])field.value=asks.get(field.name)??""
box.addEventListener("input",soon)
form.addEventListener("change",({target})=>target==box||now())
form.addEventListener("submit",event=>{event.preventDefault();now()})
more.addEventListener("click",()=>{
const{length:before}=list.children
length+=STEP
show()
list.children[before]?.querySelector("a").focus()})
part("all").addEventListener("keydown",event=>{
const{key,target}=event,links=[...part("subjects").querySelectorAll("a"),...list.querySelectorAll("h2 a")],n=links.indexOf(target)
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
