"""«Внедрение»: the plan of adoption (004) as a live list, proved by data or ticked by a person."""
