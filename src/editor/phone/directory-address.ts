/** So that each user's MicroSIP is known again, also several behind one address. */
const USER = '?u={username}';
/** Nodes on the way from the request to the contacts node that are looked at. */
const MOST_NODES = 200;
const LOCALHOST = /^localhost$/i;

/**
 * The address at which the flow in the editor answers MicroSIP: that of an "http in" node before a contacts node, this
 * phone's first. Empty when there is none.
 * @param phone id of the phone
 */
export function suggestedAddress(phone: string): string {
  const root = RED.settings.httpNodeRoot;
  if (root === false) return '';
  const contacts = RED.nodes.filterNodes({ type: 'microsip-contacts' });
  const ordered = [...contacts].sort((a, b) => Number(b['phone'] === phone) - Number(a['phone'] === phone));
  for (const node of ordered) {
    const path = requestPath(node);
    if (path === undefined) continue;
    const { protocol, hostname, port } = location;
    const host = LOCALHOST.test(hostname) ? '127.0.0.1' : hostname;
    const parts = [root ?? '', path].flatMap((part) => part.split('/')).filter((part) => part !== '');
    return `${protocol}//${host}${port === '' ? '' : `:${port}`}/${parts.join('/')}${USER}`;
  }
  return '';
}

function requestPath(contacts: EditorNode): string | undefined {
  const seen = new Set([contacts]);
  for (const node of seen) {
    const { type, url } = node as { type: string; url?: unknown };
    // With places in it, nobody knows what MicroSIP is to ask for.
    if (type === 'http in' && node['method'] === 'get' && typeof url === 'string' && /^[\w./~-]+$/.test(url))
      return url;
    if (seen.size < MOST_NODES) for (const { source } of RED.nodes.filterLinks({ target: node })) seen.add(source);
  }
  return undefined;
}
