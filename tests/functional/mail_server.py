"""A mail server for tests: says on standard output which port it listens on, then a line of JSON for each mail it takes.

Addresses at rejected.example are refused for good (550). Run by Debian's own Python, which has python3-aiosmtpd.
"""
import json
import sys
import time
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Taking:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.endswith("@rejected.example"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        text = mail.get_body(("plain",)).get_content()
        print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": mail["Subject"],
                          "id": mail["Message-ID"], "date": mail["Date"], "text": text,
                          "attachments": [{"name": part.get_filename(), "text": part.get_content().decode()}
                                          for part in mail.iter_attachments()]}), flush=True)
        return "250 taken"


controller = Controller(Taking(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print(json.dumps({"port": controller.port}), flush=True)
time.sleep(600)  # The test ends it; a test that died does not leave it for ever.
