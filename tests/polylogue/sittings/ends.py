"""The two ends of a sitting: everything adopted, or closed and sealed as it is.

Why both: with goodwill every text is adopted, and without it nobody is held up.
"""

from polylogue import commands as c
from polylogue.state import Item
from polylogue.vocabulary import ItemPhase, ProvisionState, SessionPhase, TextState
from tests.scenes import EN, THREE, Scene, stance


def close_and_seal(scene: Scene) -> None:
    if scene.state.phase is SessionPhase.SCHEDULED:
        scene.give(c.OpenSession())
    if call := scene.state.call:
        if scene.state.phase is SessionPhase.SUSPENDED:
            scene.give(c.ResumeSession())
        scene.give(c.CloseCall(item=call.item, withdraw=True, reason="The end."))
    if scene.state.phase is not SessionPhase.CLOSED:
        scene.give(c.CloseSession())
    scene.give(c.SealSession())


def adopt_everything(scene: Scene) -> None:
    state = scene.state
    if state.phase is SessionPhase.CLOSED:
        scene.give(c.ReopenSession(reason="To finish."))
    elif state.phase is not SessionPhase.OPEN:
        scene.give(c.OpenSession() if state.phase is SessionPhase.SCHEDULED else c.ResumeSession())
    scene.give(c.RecordRollCall(present=THREE))
    if state.call:
        scene.give(c.CloseCall(item=state.call.item, withdraw=True, reason="To finish."))
    for item in state.items.values():
        if item.phase is not ItemPhase.CONCLUDED:
            _adopt(scene, item)
    assert {item.phase for item in state.items.values()} == {ItemPhase.CONCLUDED}


def _adopt(scene: Scene, item: Item) -> None:
    state = scene.state
    if item.phase in (ItemPhase.LISTED, ItemPhase.DEFERRED):
        scene.give(c.OpenItem(item=item.id))
    if item.text in (TextState.CLEAN, TextState.BLOCKED):
        scene.give(c.ReopenText(item=item.id), "KAZ")
    if not state.in_text(item):
        scene.give(c.ProposeProvision(item=item.id, text="Decides.", language=EN), "KAZ")
    for provision in state.in_text(item):
        for seat in THREE:
            scene.give(c.StateStances(item=item.id, stances=(stance(provision.id),)), seat)
        if provision.state is ProvisionState.BRACKETED:
            scene.give(c.CloseBracket(provision=provision.id))
    if item.text is TextState.WORKING:
        scene.give(c.CirculateText(item=item.id))
    scene.give(c.CleanText(item=item.id))
    scene.wait(minutes=24 * 60)
    scene.give(c.CallForConsensus(item=item.id))
    scene.wait(minutes=30)
    scene.give(c.CloseCall(item=item.id))
