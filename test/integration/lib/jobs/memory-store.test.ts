import { systemClock } from '#lib/jobs/clock.ts'
import { JobTable } from '#lib/jobs/stores/memory-store/job-table.ts'
import { createMemoryStore } from '#lib/jobs/stores/memory-store.ts'
import { storeConformance } from './store-conformance.ts'

storeConformance('memory', {
  open: async () => ({ store: createMemoryStore(new JobTable(systemClock), systemClock), sends: false }),
})
