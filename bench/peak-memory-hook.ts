// Imported into a measured process: when it ends, it writes its peak of resident memory to a file.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const file = process.env['BENCH_PEAK_MEMORY_FILE'];
  // The kernel's own figure, which Node gives in kilobytes.
  if (file) writeFileSync(file, String(process.resourceUsage().maxRSS * 1024));
});
