"""Acts of regional monitoring in the words of the log."""

from __future__ import annotations

from journal.core.messages import N_, Message

MONITORING_ACTIONS: dict[str, Message] = {
    "settle_form": N_("settled a form of the monitoring"),
    "send_form": N_("sent a form of the monitoring"),
    "change_request": N_("changed a request for a procedure"),
    "appoint_responsible": N_("named the person responsible for a procedure"),
    "hand_over": N_("handed a form over to the coordinator"),
    "return_to_responsible": N_("returned a form to the person responsible"),
    "create_procedure": N_("created a procedure"),
    "change_procedure": N_("changed a procedure"),
    "open_procedure": N_("opened a procedure"),
    "set_audience": N_("set the schools of a procedure"),
    "extend_procedure": N_("extended the collection of data"),
    "decide_request": N_("decided a request for a procedure"),
    "send_results": N_("sent results to the education authority"),
    "withdraw_results": N_("withdrew results sent to the education authority"),
    "confirm_receipt": N_("confirmed the receipt of results"),
    "publish": N_("published to schools"),
    "add_material": N_("added a material"),
}
