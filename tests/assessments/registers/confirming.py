"""A form as a user sends it: what it will do is read, and confirmed."""


def send(client, address, data=(), **options):
    """The answer to the confirmed form; the first one where there was nothing to confirm, or a fault."""
    data = dict(data)
    answer = client.post(address, data, **options)
    preview = answer.context and answer.context.get("preview")
    if answer.status_code == 200 and preview:
        return client.post(address, data | {"sure": preview.key}, **options)
    return answer
