import { Center } from '@chakra-ui/react';
import { AccountForm } from '../../account/account-form';
import { nextPage } from '../../account/next-page';

export const metadata = { title: 'Sign in' };

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const { next } = await searchParams;
  return (
    <Center as="main" flex="1" p="6">
      <AccountForm kind="login" next={nextPage(next)} />
    </Center>
  );
}
