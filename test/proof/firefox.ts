/** The main stories of the page in Debian’s Firefox, driven by WebDriver BiDi. */
import { firefox } from 'playwright-core'
import { tellStories } from '#test/stories.ts'
import { programAt } from '../../bin/needs.js'

const executablePath = programAt('firefox-esr', 'firefox')
if (executablePath) await tellStories(() => firefox.launch({ channel: 'moz-firefox', executablePath }))
else {
  console.log('  ✗ Firefox is not on this machine; on Debian: apt-get install firefox-esr')
  process.exitCode = 1
}
