"""The live site over HTTP, on this machine alone; what else wants to answer there registers as a service."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from wsgiref.util import shift_path_info

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from minutebook.live_site import LiveSite
from minutebook.own_names import ADDRESS, is_own_name
from minutebook.publication import PublishedKnowledgeBase

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# A service answers at `/api/<name>`. It is made once, and asks for the records at each request: they change.
GROUP = "minutebook.services"
Published: TypeAlias = Callable[[], PublishedKnowledgeBase]
Service: TypeAlias = "Callable[[Published], WSGIApplication]"
_CHANGES = frozenset({"created", "modified", "moved", "deleted"})  # that a file was opened is told as well
# Seconds between two looks at every file, for the changes that a file system does not tell of.
_LOOK_ROUND = 3.0
_PATIENCE = 30.0  # seconds that a program waits while the records are read anew


class LiveServer(LiveReloadServer):
    """Serves the folder of a live site, builds it again at a change, and loads the page in a browser anew."""

    def __init__(self, site: LiveSite, port: int) -> None:
        super().__init__(builder=self._rebuild, host=ADDRESS, port=port, root=str(site.folder))
        self._site = site
        # MkDocs looks at every file twice a second, which for 10,000 takes a fifth of a processor.
        self.observer: BaseObserver = Observer()  # type: ignore[assignment]
        self._second = PollingObserver(timeout=_LOOK_ROUND)
        self._services = _services(self._published)
        self.error_handler = self._error_page
        site.shown, site.announce = self._show, self.announce
        for path in site.watched():
            self.watch(str(path))

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:  # noqa: ARG002 - as MkDocs has it
        """Watch a folder or a file, by what the system tells and by looking round."""
        self._watched_paths[path] = 1
        handler = FileSystemEventHandler()
        handler.on_any_event = self._note  # type: ignore[method-assign]
        for observer in (self.observer, self._second):
            observer.schedule(handler, path, recursive=recursive)

    def _note(self, event: FileSystemEvent) -> None:
        if event.is_directory or event.event_type not in _CHANGES:
            return
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def run(self) -> None:
        """Serve until somebody presses Ctrl-C."""
        try:
            self.serve()
        except KeyboardInterrupt:
            pass
        finally:
            self.shutdown()

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Begin to watch and to answer."""
        self._second.start()
        if self._services:
            self._site.say(f"Programs are answered at {self.url}api/: {', '.join(sorted(self._services))}")
        super().serve(open_in_browser=open_in_browser)  # type: ignore[no-untyped-call]

    def shutdown(self, wait: bool = False) -> None:
        """Stop serving and watching."""
        self._second.stop()
        super().shutdown(wait)

    def _rebuild(self) -> None:
        """Show what changed. A change is often told of twice: the second time nobody loads a page anew."""
        if self._site.rebuild() is False:
            with self._epoch_cond:
                self._wanted_epoch = self._visible_epoch

    def _show(self) -> None:
        """Let go whoever waits for a page: it is written, though the build goes on."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()

    def announce(self) -> None:
        """Let browsers load their page anew: something in it may have changed."""
        with self._epoch_cond:
            if self._visible_epoch == self._wanted_epoch:  # else a build is at work, and will say so itself
                self._visible_epoch = self._wanted_epoch = round(time.monotonic() * 1000)
                self._epoch_cond.notify_all()

    def _published(self) -> PublishedKnowledgeBase:
        assert self._site.published is not None, "the first build comes before the first request"
        return self._site.published

    def _is_up_to_date(self) -> bool:
        """Wait until the records are as they are on the disk: one may be public no more; False where that takes long."""
        with self._epoch_cond:
            return self._epoch_cond.wait_for(
                lambda: not self._want_rebuild and self._visible_epoch == self._wanted_epoch, _PATIENCE
            )

    def _error_page(self, code: int) -> bytes | None:
        page = self._site.folder / f"{code}.html"
        return page.read_bytes() if page.is_file() else None

    def _serve_request(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes] | None:
        parts = str(environ["PATH_INFO"]).split("/")
        is_for_programs = parts[1:2] == ["api"]
        if not is_own_name(str(environ.get("HTTP_HOST", ""))):
            return _elsewhere(is_for_programs=is_for_programs, start_response=start_response)
        if len(parts) > 2 and is_for_programs and (service := self._services.get(parts[2])) is not None:
            if not self._is_up_to_date():
                start_response(
                    "503 Service Unavailable", [("Content-Type", "application/json"), ("Retry-After", "1")]
                )
                return [_in_json("the records are being read anew: ask again in a second")]
            shift_path_info(environ)
            shift_path_info(environ)
            return service(environ, start_response)
        found: Any = super()._serve_request(environ, start_response)
        if found is None and is_for_programs:
            start_response("404 Not Found", [("Content-Type", "application/json")])
            there = ", ".join(f"/api/{name}" for name in sorted(self._services))
            return [_in_json(f"nothing answers here: there are {there}")]
        return cast("Iterable[bytes] | None", found)


def _services(published: Published) -> dict[str, WSGIApplication]:
    """Every service by its name. One that is registered under several names is made once, and answers to all."""
    made: dict[Service, WSGIApplication] = {}
    found: dict[str, WSGIApplication] = {}
    for point in entry_points(group=GROUP):
        factory = cast("Service", point.load())
        if factory not in made:
            made[factory] = factory(published)
        found[point.name] = made[factory]
    return found


def _elsewhere(*, is_for_programs: bool, start_response: StartResponse) -> list[bytes]:
    """Refuse a request by another name than those of this machine; programs are told so in JSON."""
    said = "This server answers on this machine, by the name of this machine."
    kind = "application/json" if is_for_programs else "text/plain"
    start_response("421 Misdirected Request", [("Content-Type", kind)])
    return [_in_json(said) if is_for_programs else f"{said}\n".encode()]


def _in_json(error: str) -> bytes:
    return json.dumps({"error": error}).encode()
