// The five example estates, in the order of their codes.
import apex from './apex/estate.ts';
import type { Estate } from './estate.ts';
import fraudOpsAgent from './fraud-ops-agent/estate.ts';
import insightengine from './insightengine/estate.ts';
import procgenie from './procgenie/estate.ts';
import somabrain from './somabrain/estate.ts';

export const estates: readonly Estate[] = [
  fraudOpsAgent,
  procgenie,
  somabrain,
  apex,
  insightengine,
];
