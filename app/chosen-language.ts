import type { IncomingMessage, ServerResponse } from 'node:http'
import { stringifySetCookie } from 'cookie'
import type { Config } from '#lib/config.ts'
import { isPageLanguage, LANGUAGE_COOKIE } from './page-language.ts'

const YEAR_S = 365 * 86_400

/**
 * Answers a link of the language switch, such as `/jobs/1?language=de`: keeps the language in a cookie and leads back
 * to the page. False for every other request, which it leaves alone.
 */
export function answersLanguageChoice(
  { url = '/' }: IncomingMessage,
  response: ServerResponse,
  { basePath }: Pick<Config, 'basePath'>,
): boolean {
  const asked = URL.parse(url, 'http://page')
  const language = asked?.searchParams.get('language')
  if (!asked || !isPageLanguage(language)) return false
  const cookie = { name: LANGUAGE_COOKIE, value: language, path: basePath || '/', maxAge: YEAR_S }
  response.appendHeader('Set-Cookie', stringifySetCookie({ ...cookie, httpOnly: true, sameSite: 'lax' }))
  // Two slashes would begin the name of another host.
  const Location = asked.pathname.replace(/^\/+/, '/')
  response.writeHead(303, { Location, 'Cache-Control': 'no-store' }).end()
  return true
}
