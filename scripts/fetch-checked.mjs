// Fetches a file of test/windows/real/downloads.json.
//   node scripts/fetch-checked.mjs <name> <file>
import { fetchChecked } from './lib/checked-download.mjs';

const [name = '', file = ''] = process.argv.slice(2);
if (name === '' || file === '') throw new Error('usage: node scripts/fetch-checked.mjs <name> <file>');
await fetchChecked(name, file);
