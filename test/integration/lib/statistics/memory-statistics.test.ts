import { systemClock } from '#lib/jobs/clock.ts'
import { JobTable } from '#lib/jobs/stores/memory-store/job-table.ts'
import { createMemoryStore } from '#lib/jobs/stores/memory-store.ts'
import { createMemoryStatistics } from '#lib/statistics/memory-statistics.ts'
import { statisticsConformance } from './statistics-conformance.ts'

statisticsConformance('memory', async () => {
  const table = new JobTable(systemClock)
  const jobs = createMemoryStore(table, systemClock)
  return { jobs, statistics: createMemoryStatistics(table), close: async () => {} }
})
