// What every page does: the settings of a reader, and links where a site is opened from a disk.
import "./js/reader.js"
import "./js/disk.js"
