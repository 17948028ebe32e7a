/** The main stories of the page in Debian’s Chromium, a stranger’s and a keyboard’s among them. */
import { CHROMIUM } from '#test/stories/story-browser.ts'
import { tellStories } from '#test/stories.ts'

await tellStories(CHROMIUM)
