// Free of zod, so that a browser may import them at no cost.
export { ERROR_STATUS, isRetryableCode, type ErrorCode } from './error-codes.js';
export { isEndingEvent, isFinalStatus } from './endings.js';
export {
  DEFAULT_PAGE_SIZE,
  MAX_MESSAGE_LENGTH,
  MAX_PAGE_SIZE,
  MAX_PASSWORD_LENGTH,
  MAX_STOP_SEQUENCES,
  MAX_SYSTEM_PROMPT_LENGTH,
  MAX_TITLE_LENGTH,
  MIN_PASSWORD_LENGTH,
} from './limits.js';
export {
  NUMERIC_PARAMETERS,
  PARAMETER_NAMES,
  type NumericParameterName,
  type ParameterName,
} from './parameter-names.js';
export {
  REALTIME_EVENTS,
  type RealtimeEvent,
  type RealtimeEventData,
  type RealtimeEventName,
} from './realtime-events.js';
export {
  API_PREFIX,
  IDEMPOTENCY_HEADER,
  REALTIME_PATH,
  REPLY_EVENTS,
  REPLY_STREAMS,
  REQUEST_ID_HEADER,
} from './wire-names.js';

// The schemas, for servers and tests.
export {
  errorBodySchema,
  fieldIssueSchema,
  type ErrorBody,
  type FieldIssue,
} from './error-body.js';
export { confirmationSchema, idSchema, textSchema } from './primitives.js';
export {
  appliedParametersSchema,
  modelSchema,
  parameterOutcomeSchema,
  parametersSchema,
  parameterSpecSchema,
  type AppliedParameters,
  type Model,
  type ParameterOutcome,
  type Parameters,
  type ParameterSpec,
  type ParameterValue,
} from './parameters.js';
export {
  authSchema,
  loginBodySchema,
  normalizePassword,
  registerBodySchema,
  userSchema,
  type Auth,
  type ChangePasswordBody,
  type DeleteAccountBody,
  type LoginBody,
  type RegisterBody,
  type Session,
  type User,
} from './user.js';
export {
  messageSchema,
  messageStatusSchema,
  replyErrorSchema,
  replyMetricsSchema,
  roleSchema,
  voteSchema,
  type Message,
  type MessageStatus,
  type ReplyError,
  type ReplyMetrics,
  type Role,
  type Vote,
  type VoteDetails,
} from './message.js';
export {
  type DeleteMessageResponse,
  type ExplainVoteBody,
  type ExplainVoteResponse,
} from './message-verbs.js';
export { type Preset, type PresetBody, type PresetPatch } from './preset.js';
export { type MessageHit, type SearchQuery, type SearchResponse } from './search.js';
export {
  MAX_USAGE_DAYS,
  type Usage,
  type UsageCounts,
  type UsageEntry,
  type UsageQuery,
  type UsageRow,
} from './usage.js';
export { exportLineSchema, type ExportLine } from './export.js';
export {
  MAX_PROBE_HOLD_SECONDS,
  PROBE_TICK_MS,
  PROBE_TICKS,
  probeTickSchema,
  type ProbeEvent,
} from './probe.js';
export {
  chatSchema,
  sendBodySchema,
  sendResponseSchema,
  type Chat,
  type DeleteResponse,
  type ListChatsQuery,
  type SendBody,
  type SendResponse,
  type StreamRequest,
  type UpdateChatBody,
  type VoteBody,
  type VoteResponse,
} from './chat.js';
export {
  streamEventSchemas,
  type StreamEvent,
  type StreamEventData,
  type StreamEventName,
} from './stream-events.js';
export {
  endpoints,
  type BodyOf,
  type Endpoint,
  type EndpointName,
  type QueryOf,
  type ResponseOf,
  type ValidatedOf,
} from './endpoints.js';
