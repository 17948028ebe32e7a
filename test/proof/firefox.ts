/** The same stories in Debian’s Firefox. */
import { firefoxAt } from '#test/stories/story-browser.ts'
import { tellStories } from '#test/stories.ts'
import { programAt } from '../../bin/needs.js'

const program = programAt('firefox-esr', 'firefox')
if (program) await tellStories(firefoxAt(program))
else {
  console.log('  ✗ Firefox is not on this machine; on Debian: apt-get install firefox-esr')
  process.exitCode = 1
}
