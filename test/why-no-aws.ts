/** Why the slower tests of the adapters for AWS do not run; false where they do. */
export const WHY_NO_AWS = process.env.TEST_AWS ? (false as const) : 'runs in: npm run proof -- aws'
