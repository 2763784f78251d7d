import { Button, Center, Heading, Stack } from '@chakra-ui/react';
import NextLink from 'next/link';

export default function NotFoundPage() {
  return (
    <Center as="main" flex="1" p="6">
      <Stack gap="4" align="start">
        <Heading as="h1">There is no such page</Heading>
        <Button asChild>
          <NextLink href="/">To the playground</NextLink>
        </Button>
      </Stack>
    </Center>
  );
}
