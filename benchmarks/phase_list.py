"""The phases of a build: which functions each consists of. The one place to adapt.

A function is `module:name`, where it is looked up: one that `pipeline.py` imports by name
is listed under `dossier.pipeline`, a method under the class that has it. What runs in none of them
is counted as "the rest".
"""

from __future__ import annotations

PHASES: dict[str, tuple[str, ...]] = {
    "hash what is there": (
        "dossier.build.inputs:Inputs.__init__",
        "dossier.pipeline:report_unchanged",
    ),
    "read settings": ("dossier.planning.plan:read_site_settings",),
    "load and save what is kept": (
        "dossier.pipeline:read_kept_site",
        "dossier.planning.kept_site:keep_site",
        "dossier.content.cache:DocumentCache.load",
        "dossier.content.cache:DocumentCache.save",
    ),
    "read content": ("dossier.planning.plan:read_content",),
    "resolve": ("dossier.planning.plan:build_site",),
    "plan": ("dossier.planning.plan:plan_site",),
    "decide": ("dossier.pipeline:detect",),
    "view": ("dossier.pages.builders:Builders.view",),
    "render": ("dossier.render.renderer:Renderer.render",),
    "publish": (
        "dossier.build.output.publish:Publication.__init__",
        "dossier.build.output.publish:Publication.prepare",
        "dossier.build.output.publish:Publication.stage",
        "dossier.build.output.publish:Publication.begin",
        "dossier.build.output.publish:Publication.place",
        "dossier.build.output.publish:Publication.finish",
    ),
}
IMPORTS = "start and import"
REST = "the rest"
ROWS = (IMPORTS, *PHASES, REST)
