"""The demonstration: Kon Tum's real districts and communes with invented people and figures.

`province` plans the organizations, `villages` the villages, `population` the members, `heads` the
village heads, `ratings` who is given which level: pure functions of a seed. `registers` and
`years` write them through the same code as a real year; `build` puts it together.
"""
