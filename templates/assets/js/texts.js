/* The texts of briefings: what Pagefind's index of a language finds in them.
Each index comes with its own program: one program cannot hold the words of two languages. */
const textsAt=root=>{
const WIDE=/[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu
const opened={}
const open=name=>opened[name]??=(async()=>{
const basePath=new URL(`${root}pagefind/${name}/`,location).pathname
const[program,paths]=await Promise.all([import(basePath+"pagefind.js"),fetch(basePath+"paths.json").then(answer=>answer.json())])
return{paths,index:program.createInstance({basePath,excerptLength:32,noWorker:true})}})().catch(error=>{
delete opened[name]
throw error})

// In the index, each letter of Chinese and Japanese is a word: their order makes a phrase.
const phrases=words=>/^".*"$/.test(words)?[words.replace(WIDE,run=>[...run].join(" "))]:[words.replace(WIDE," ").trim(),...(words.match(WIDE)??[]).map(run=>`"${[...run].join(" ")}"`)].filter(Boolean)

// What is found in a language: by path, score and a function that gets the excerpt.
return async(name,words)=>{
const{index,paths}=await open(name)
const found=await Promise.all(phrases(words).map(async phrase=>new Map((await index.search(phrase)).results.map(one=>[paths[one.id],one]))))
return found.length?new Map([...found[0]].filter(([path])=>found.every(one=>one.has(path))).map(([path,{score,data}])=>[path,{score,excerpt:async()=>(await data()).excerpt}])):new Map()}}
