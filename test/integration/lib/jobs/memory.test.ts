import { newMemoryState, openMemoryJobs } from '#lib/backend/memory-jobs.ts'
import { jobsConformance } from './jobs-conformance.ts'

const state = newMemoryState()

jobsConformance('memory', {
  open: async limits => openMemoryJobs({ ...limits, historyMs: 30 * 86_400_000, state }),
  cancelRaces: 200,
  messagesLeft: async () => state.messages.waiting('convert'),
})
