import '@chat-playground/widget/define';
