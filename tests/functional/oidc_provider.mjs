// An OpenID provider for oidc_test.py: lets in whoever asks, under the name they give.
//   node oidc_provider.mjs PORT REDIRECT SECRET
import Provider from "../../web/node_modules/oidc-provider/lib/index.js";

const [port, redirect, secret] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    { client_id: "fazhi", client_secret: secret, redirect_uris: [redirect], grant_types: ["authorization_code"] },
  ],
  pkce: { required: () => true, methods: ["S256"] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: "somebody@example.org" }) }),
  cookies: { keys: ["only for tests"] },
});
provider.on("server_error", (_, error) => console.error(error));
provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
