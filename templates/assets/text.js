// What a text does: notes, contents, copy, print.
import "./js/text.js"
import "./js/republish.js"
