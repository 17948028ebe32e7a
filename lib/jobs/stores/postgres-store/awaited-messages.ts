import type { JobMessage } from '../../../jobs.ts'
import type { AwaitedMessage, JobStore } from '../../store.ts'
import type { JobTableRow } from './job-table-row.ts'
import { IS_READY, MAY_START } from './waiting-jobs.ts'
import { messageOfRow, type StoreParts } from './written-row.ts'

const BATCH = 500
/** The first in turn is looked for among so many: those before it have messages that are still to be sent. */
const MOST_UNSENT = 50

/** A job with a time for its start is started by its own message. `state::text` as in the hot statements. */
const FIRST_IN_TURN = `
  SELECT first.id AS "jobId", first.message_id AS "messageId"
  FROM (SELECT turn, queue_number FROM jobs WHERE id = $1 AND message_id = $2 AND state::text = 'queued') AS own
  CROSS JOIN LATERAL (
    SELECT * FROM (
      SELECT id, message_id, turn, queue_number, unsent_since FROM jobs
      WHERE ${MAY_START} ORDER BY turn, queue_number LIMIT ${MOST_UNSENT}
    ) AS waiting WHERE unsent_since IS NULL LIMIT 1
  ) AS first
  WHERE (first.turn, first.queue_number) < (own.turn, own.queue_number)`
const MESSAGE_COLUMNS = 'id, message_id AS "messageId", run_at AS "runAt", turn'
const REISSUE = `
  UPDATE jobs SET message_id = $3, unsent_since = $4
  WHERE id = $1 AND message_id = $2 AND state::text = 'queued' RETURNING ${MESSAGE_COLUMNS}`
const UNSENT = `
  SELECT ${MESSAGE_COLUMNS} FROM jobs
  WHERE unsent_since IS NOT NULL AND unsent_since < $1 AND ${IS_READY} ORDER BY unsent_since LIMIT ${BATCH}`
const MARK_SENT = `
  UPDATE jobs SET unsent_since = NULL WHERE message_id = ANY($1::uuid[]) AND unsent_since IS NOT NULL`

type MessageRow = Pick<JobTableRow, 'id' | 'messageId' | 'runAt' | 'turn'>

type Messaging = 'firstInTurn' | 'reissueIfWaiting' | 'unsent' | 'markSentIfUnsent'

/** The messages that rows wait for, where another queue has them. */
export function messaging({ pool }: StoreParts): Pick<JobStore, Messaging> {
  return {
    async firstInTurn({ jobId, messageId }) {
      const query = { name: 'first in turn', text: FIRST_IN_TURN, values: [jobId, messageId] }
      return (await pool.query<AwaitedMessage>(query)).rows[0]
    },
    async reissueIfWaiting({ jobId, messageId }, next) {
      const values = [jobId, messageId, next, new Date()]
      return messagesOf(await pool.query<MessageRow>({ name: 'reissue', text: REISSUE, values }))[0]
    },
    unsent: async before => messagesOf(await pool.query<MessageRow>(UNSENT, [before])),
    markSentIfUnsent: async messages => void (await pool.query(MARK_SENT, [messages.map(({ id }) => id)])),
  }
}

const messagesOf = ({ rows }: { rows: MessageRow[] }): JobMessage[] => rows.map(messageOfRow)
