/** A question and its answer, by whichever build of the SDK is given. */
exports.converse = async ({ createChatClient, createReplayServer }) => {
  const { fetch } = createReplayServer();
  const client = createChatClient({ baseUrl: 'http://replay.invalid', fetch });
  await client.auth.login({ email: 'ada@example.com', password: 'correct horse' });
  const reply = await client.chats.send({ message: 'Hello' }).toText();
  client.close();
  return reply;
};
