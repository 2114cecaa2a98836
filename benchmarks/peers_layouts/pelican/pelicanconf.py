"""Pelican's settings: companies are its authors, regions its tags; its cache is on."""

SITENAME = "Benchmark"
SITEURL = "https://briefings.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["briefings"]
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME = "theme"
DEFAULT_CATEGORY = "briefings"
DEFAULT_PAGINATION = False

ARTICLE_URL = ARTICLE_LANG_URL = "briefings/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "briefings/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "companies/{slug}/", "companies/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "regions/{slug}/", "regions/{slug}/index.html"
CATEGORY_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"

FEED_ALL_RSS = "index.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = True

# no highlighting (no generator does it here), and summaries are plain text
MARKDOWN = {
    "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}},
    "output_format": "html5",
}
FORMATTED_FIELDS: list[str] = []

CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
