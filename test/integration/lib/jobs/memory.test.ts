import { openMemoryJobs } from '#lib/backend/memory-jobs.ts'
import { jobsConformance } from './jobs-conformance.ts'

jobsConformance('memory', {
  open: async limits => openMemoryJobs({ ...limits, historyMs: 30 * 86_400_000 }),
})
