/** A worker that has a command sleep in its sandbox until somebody kills it. Prints a line when the command runs. */
import { openSandbox, type Sandbox } from '#worker/sandbox.ts'
import { openSlots } from '#worker/slots.ts'

const [mode = '', workshop = ''] = process.argv.slice(2)
const sandbox = await openSandbox(mode as Sandbox['mode'], workshop)
const slots = await openSlots(workshop, 1, sandbox)
await slots.use(async slot => {
  const sleeping = sandbox.spawn(['/usr/bin/sleep', '600'], { slot })
  process.stdout.write('sleeping\n')
  await sleeping.ended
})
