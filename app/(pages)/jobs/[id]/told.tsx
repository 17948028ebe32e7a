import type { Report } from '#lib/report.ts'
import { tellingsOf } from '../../live/telling.ts'

/** What a person should know of a conversion that worked; nothing where there is nothing to say. */
export function Told({ report }: { report: Report }) {
  const tellings = tellingsOf(report)
  if (tellings.length === 0) return null
  return (
    <section className="told" aria-labelledby="told">
      <h2 id="told">Good to know</h2>
      <ul>
        {tellings.map(({ say, debian }) => (
          <li key={say}>
            {say}
            {debian && (
              <>
                {' Debian package: '}
                <code>{debian}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
