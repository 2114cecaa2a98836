// The reader's size of text and colours, set before the first paint.
{const root=document.documentElement,show=()=>{for(const name of["size","theme"])try{root.dataset[name]=localStorage["dossier-"+name]||""}catch{}};if("popover"in root)root.className="js";show();addEventListener("pageshow",show)}
