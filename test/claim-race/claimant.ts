/** Claims the DATA_DIR that it is told of at the given moment, says how that went, and keeps it until it is killed. */
import { lockInstance } from '#cli/start/instance.ts'

process.on('message', ({ path, at }: { path: string; at: number }) => {
  while (Date.now() < at) {
    // Busy, so that all of them wake in the same millisecond.
  }
  try {
    lockInstance(path, 'of the race')
    process.send?.({ won: true })
  } catch (error) {
    process.send?.({ won: false, words: (error as Error).message })
  }
})
process.on('disconnect', () => process.exit())
process.send?.('here')
