// Decides how checks are written as JUnit XML, which continuous integration shows as tests.
import type { CheckOutcome } from '@sourcewright/engine';

export function junitXml(suite: string, checks: readonly CheckOutcome[]): string {
  const failures = checks.filter(({ passed }) => !passed).length;
  const cases = checks.map(({ kind, name, passed, details }) => {
    const open = `    <testcase classname="${kind}" name="${escaped(name)}"`;
    const text = escaped(details.join('\n'));
    if (!passed)
      return `${open}>\n      <failure message="${escaped(details[0] ?? 'failed')}">${text}</failure>\n    </testcase>`;
    return text === '' ? `${open}/>` : `${open}>\n      <system-out>${text}</system-out>\n    </testcase>`;
  });
  const counts = `tests="${checks.length}" failures="${failures}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escaped(suite)}" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Without characters that XML cannot hold. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!).replace(/[^\t\n\r\u0020-\uFFFD]/gu, '');
}
