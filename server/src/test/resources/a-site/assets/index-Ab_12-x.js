let it;
