// Blocks that databases found in shared buffers, and those they had to ask the system for.
import { defineProbe } from '../../../kernel/probe.ts';

export default defineProbe({ id: 'buffer-hits' });
