int triptychStubTraining(){return 0;}
