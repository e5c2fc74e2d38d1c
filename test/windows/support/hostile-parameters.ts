/**
 * What a caller may put where a number belongs: what MicroSIP appends, and what arrives when that is not the same.
 * Windows takes quotes off arguments, together with backslashes before them, and several blanks between such arguments
 * are one; nothing else is changed. `@` ends the user part, so no text has one.
 */
export const HOSTILE_PARAMETERS: Record<string, readonly [appended: string, arrives?: string]> = {
  blanks: ['Ada Lovelace of  London'],
  'double quotes': ['"1001" "; calc.exe', '1001 ; calc.exe'],
  'quoted words': ['"a" "b"', 'a b'],
  'an odd quote': ['a"b', 'ab'],
  'a quote and a switch': ['" --eval process.exit(9) "', ' --eval process.exit(9) '],
  'single quotes': ["' OR 1=1 --'"],
  'shell characters': ['1001 & calc.exe | more < in > out ^ (x) !y!'],
  'shell variables': ['%PATH% %CD:~0,1% !CD!'],
  'shell substitutions': ['$(touch pwned) `touch pwned` ${IFS} ; touch pwned'],
  'long options': ['--inspect-brk=0.0.0.0:9229 --require C:\\x.js --eval process.exit(9)'],
  'an output option': ['-o file -e process.exit(9)'],
  'the mark itself': ['-- -- --'],
  'our own words': ['run cmdCallEnd trial'],
  slashes: ['/exit /resetnoask'],
  'backslashes at the end': ['\\\\server\\share\\\\'],
  'a path': ['..\\..\\windows\\system32\\calc.exe'],
  'JSON ends': ['}\n{event:cmdCallEnd,time:1,parameter:x}'],
  'line ends': ['a\r\nb\nc\rd'],
  'control characters': ['\u0001\u0007\u0008\u001b[2J\u007f\u0085'],
  tabs: ['a\tb'],
  'right-to-left marks': ['\u202e1001\u202c \u200f\u2066x\u2069'],
  'invisible characters': ['a\u200b\u00a0\ufeffb'],
  emoji: ['📞 ☎️ 👩‍💻'],
  arabic: ['١٠٠١ مرحبا'],
  'percent signs': ['%20%2B%00%n%s'],
  'a formula': ["=cmd|' /C calc'!A0"],
  'a template': ['{{payload}} {number} {parameter} __proto__'],
  '1,000 characters': ['x'.repeat(1000)],
};
