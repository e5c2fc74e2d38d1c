import type { Node } from 'node-red';
import { ContactDirectory } from '../../contacts/contact-directory';

const kept = new Map<string, ContactDirectory>();

/** The directory of a node, which a deploy leaves as it is: whoever has the newest list does not get it again. */
export function keptDirectory(node: Node): ContactDirectory {
  const directory = kept.get(node.id) ?? new ContactDirectory();
  kept.set(node.id, directory);
  node.on('close', (removed: boolean, done: () => void) => {
    if (removed) kept.delete(node.id);
    done();
  });
  return directory;
}
