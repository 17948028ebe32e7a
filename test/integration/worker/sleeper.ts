/** A worker that has a command sleep in its sandbox until somebody kills it. Prints a line when the command runs. */
import { openSandbox, type Sandbox } from '#worker/sandbox.ts'
import { openSlots } from '#worker/slots.ts'

const [mode = '', scratchDir = ''] = process.argv.slice(2)
const sandbox = await openSandbox(mode as Sandbox['mode'], scratchDir)
const slots = await openSlots(scratchDir, 1, sandbox)
await slots.use(async slot => {
  const sleeping = sandbox.spawn(['/usr/bin/sleep', '600'], { slot })
  process.stdout.write('sleeping\n')
  await sleeping.ended
})
