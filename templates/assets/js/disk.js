// Links that lead to index.html, where the site is opened from a disk.
if(location.protocol=="file:")addEventListener("DOMContentLoaded",()=>{for(const a of document.links)a.setAttribute("href",a.getAttribute("href").replace(/^([^:#]*\/)(#|$)/,"$1index.html$2"))})
