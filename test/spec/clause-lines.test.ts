import { expect, it } from 'vitest';
import { clauseLines } from './clause-lines.ts';

const DOCUMENT = `\
# Maintenance

1. [Daily](#daily)
- [Weekly](#weekly)

## Daily

**Time:** 9:00 AM
**Procedure:**

1. Check [the page](http://localhost/health):

   \`\`\`bash
   # the first way
   curl /health

   ---
   \`\`\`

| Task | Frequency |
|------|:---------:|
| VACUUM | Weekly |

---
*Template*
`;

it('counts every line that says something, and names the forms that do not', () => {
  const lines = DOCUMENT.split('\n');
  expect(clauseLines(DOCUMENT).map((line) => lines[line - 1]?.trim())).toEqual([
    '**Time:** 9:00 AM',
    '**Procedure:**',
    '1. Check [the page](http://localhost/health):',
    '# the first way',
    'curl /health',
    '---',
    '| VACUUM | Weekly |',
    '*Template*',
  ]);
});
