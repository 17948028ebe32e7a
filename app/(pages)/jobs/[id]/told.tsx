import type { ToldNote } from '#lib/notes.ts'

/** What a person should know of a conversion that worked, worst first; nothing where there is nothing to say. */
export function Told({ notes }: { notes: readonly ToldNote[] }) {
  if (notes.length === 0) return null
  return (
    <section className="told" aria-labelledby="told">
      <h2 id="told">Good to know</h2>
      <ul>
        {notes.map(({ code, severity, message, nextStep }) => (
          <li key={message} data-note={code} className={severity}>
            {message} {nextStep && <span className="next-step">{nextStep}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
