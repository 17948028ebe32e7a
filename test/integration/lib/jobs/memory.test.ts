import { openMemoryJobs } from '#lib/jobs/memory.ts'
import { jobsConformance } from './jobs-conformance.ts'

jobsConformance('memory', {
  open: async limits => openMemoryJobs({ ...limits, historyMs: 30 * 86_400_000 }),
})
